//go:build grpc_before_1_34

package attache

import "google.golang.org/grpc"

func withoutTLS() grpc.DialOption { return grpc.WithInsecure() }
