#!/bin/sh
# Starts nginx with the name server of the container's own network, so that it
# finds a service that comes back with another address. Only the first that
# resolv.conf lists knows the services' names. Where there is a client-ca.pem
# beside the certificate, clients have to show one that it has issued.
set -eu
server=$(awk '$1 == "nameserver" { print ($2 ~ /:/ ? "[" $2 "]" : $2); exit }' /etc/resolv.conf)
echo "resolver $server valid=2s ipv6=off;" >/tmp/resolver.conf
tls=/etc/attache-tls
: >/tmp/clients.conf
if [ -e $tls/client-ca.pem ]; then
  echo "ssl_client_certificate $tls/client-ca.pem; ssl_verify_client on;" >/tmp/clients.conf
fi
exec nginx -e stderr -c /etc/attache/nginx.conf -g 'daemon off;'
