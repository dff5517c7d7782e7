"""Channels to the services: TLS, token, deadline and retries.

The settings are those of the `attache` command, in the same variables of the
environment: ATTACHE_TLS_CA, ATTACHE_CLIENT_CERTIFICATE, ATTACHE_CLIENT_KEY,
ATTACHE_TLS_SERVER_NAME, ATTACHE_TOKEN_FILE and ATTACHE_TOKEN.
"""

import json
import os
import pathlib

import grpc


def service_config(timeout):
    """gRPC's service config, as JSON.

    Every call of one request and one answer ends within `timeout` seconds, and
    is tried again where the service is away for a moment. Streams have no
    deadline: what reads them goes on by itself where they break.
    """
    query, ingest = "attache.v1.TripQueryService", "attache.v1.IngestService"
    return json.dumps({
        "methodConfig": [{
            "name": [{"service": query}, {"service": ingest}],
            "timeout": f"{timeout}s",
            "retryPolicy": {
                "maxAttempts": 5,
                "initialBackoff": "0.2s",
                "maxBackoff": "5s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }, {
            "name": [
                {"service": query, "method": "ExportTripRecords"},
                {"service": query, "method": "WatchTripRecords"},
                {"service": ingest, "method": "StreamBriefings"},
                {"service": ingest, "method": "ReparseBriefings"},
            ],
        }]
    })


def _read(variable):
    path = os.environ.get(variable)
    return pathlib.Path(path).read_bytes() if path else None


def _token():
    text = _read("ATTACHE_TOKEN_FILE")
    return text.decode().strip() if text else os.environ.get("ATTACHE_TOKEN")


def connect(address, timeout=30):
    """A channel to `address`, "host:port"."""
    options = [
        ("grpc.service_config", service_config(timeout)),
        # Notice within a minute that the other side is gone without a word.
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        # Find a service that was restarted soon.
        ("grpc.initial_reconnect_backoff_ms", 200),
        ("grpc.max_reconnect_backoff_ms", 2_000),
        # A single record may be larger than gRPC's default of 4 MiB.
        ("grpc.max_receive_message_length", 64 << 20),
    ]
    token = _token()
    ca = _read("ATTACHE_TLS_CA")
    if ca is None:
        if token:
            raise ValueError("a token is sent over TLS alone: set ATTACHE_TLS_CA")
        return grpc.insecure_channel(address, options)
    if name := os.environ.get("ATTACHE_TLS_SERVER_NAME"):
        options.append(("grpc.ssl_target_name_override", name))
    credentials = grpc.ssl_channel_credentials(
        root_certificates=ca,
        private_key=_read("ATTACHE_CLIENT_KEY"),
        certificate_chain=_read("ATTACHE_CLIENT_CERTIFICATE"))
    if token:
        credentials = grpc.composite_channel_credentials(
            credentials, grpc.access_token_call_credentials(token))
    return grpc.secure_channel(address, credentials, options)
