// Package attache is what a client of Attaché needs beside the generated stubs.
package attache

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
)

// Every call of one request and one answer ends within the timeout, and is tried
// again where the service is away for a moment. Streams have no deadline: what
// reads them goes on by itself where they break.
const serviceConfig = `{
  "methodConfig": [
    {
      "name": [
        {"service": "attache.v1.TripQueryService"},
        {"service": "attache.v1.IngestService"}
      ],
      "timeout": "%gs",
      "retryPolicy": {
        "maxAttempts": 5,
        "initialBackoff": "0.2s",
        "maxBackoff": "5s",
        "backoffMultiplier": 2,
        "retryableStatusCodes": ["UNAVAILABLE"]
      }
    },
    {
      "name": [
        {"service": "attache.v1.TripQueryService", "method": "ExportTripRecords"},
        {"service": "attache.v1.TripQueryService", "method": "WatchTripRecords"},
        {"service": "attache.v1.IngestService", "method": "StreamBriefings"},
        {"service": "attache.v1.IngestService", "method": "ReparseBriefings"}
      ]
    }
  ]
}`

// Connect opens a connection to address, "host:port".
//
// The settings are those of the `attache` command, in the same variables of the
// environment: ATTACHE_TLS_CA, ATTACHE_CLIENT_CERTIFICATE, ATTACHE_CLIENT_KEY,
// ATTACHE_TLS_SERVER_NAME, ATTACHE_TOKEN_FILE and ATTACHE_TOKEN.
func Connect(address string, timeout time.Duration) (*grpc.ClientConn, error) {
	options := []grpc.DialOption{
		grpc.WithDefaultServiceConfig(fmt.Sprintf(serviceConfig, timeout.Seconds())),
		// Notice within a minute that the other side is gone without a word.
		grpc.WithKeepaliveParams(keepalive.ClientParameters{
			Time:    30 * time.Second,
			Timeout: 20 * time.Second,
		}),
		// Find a service that was restarted soon.
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff: backoff.Config{
				BaseDelay: 200 * time.Millisecond, Multiplier: 2, Jitter: 0.2, MaxDelay: 2 * time.Second,
			},
			MinConnectTimeout: 5 * time.Second,
		}),
		// A single record may be larger than gRPC's default of 4 MiB.
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(64 << 20)),
	}
	token, err := readToken()
	if err != nil {
		return nil, err
	}
	if os.Getenv("ATTACHE_TLS_CA") == "" {
		if token != "" {
			return nil, errors.New("a token is sent over TLS alone: set ATTACHE_TLS_CA")
		}
		return grpc.Dial(address, append(options, withoutTLS())...)
	}
	config, err := tlsConfig()
	if err != nil {
		return nil, err
	}
	options = append(options, grpc.WithTransportCredentials(credentials.NewTLS(config)))
	if token != "" {
		options = append(options, grpc.WithPerRPCCredentials(bearer(token)))
	}
	return grpc.Dial(address, options...)
}

func readToken() (string, error) {
	path := os.Getenv("ATTACHE_TOKEN_FILE")
	if path == "" {
		return os.Getenv("ATTACHE_TOKEN"), nil
	}
	text, err := os.ReadFile(path)
	return strings.TrimSpace(string(text)), err
}

func tlsConfig() (*tls.Config, error) {
	ca, err := os.ReadFile(os.Getenv("ATTACHE_TLS_CA"))
	if err != nil {
		return nil, err
	}
	config := &tls.Config{
		MinVersion: tls.VersionTLS12,
		RootCAs:    x509.NewCertPool(),
		ServerName: os.Getenv("ATTACHE_TLS_SERVER_NAME"),
	}
	if !config.RootCAs.AppendCertsFromPEM(ca) {
		return nil, errors.New("ATTACHE_TLS_CA holds no certificate")
	}
	if key := os.Getenv("ATTACHE_CLIENT_KEY"); key != "" {
		pair, err := tls.LoadX509KeyPair(os.Getenv("ATTACHE_CLIENT_CERTIFICATE"), key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// A token that goes with every call.
type bearer string

func (token bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(token)}, nil
}

func (bearer) RequireTransportSecurity() bool { return true }
