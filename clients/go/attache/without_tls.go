//go:build !grpc_before_1_34

package attache

import (
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

func withoutTLS() grpc.DialOption {
	return grpc.WithTransportCredentials(insecure.NewCredentials())
}
