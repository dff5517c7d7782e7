# nginx and Prometheus of Debian, for deploy/compose.yaml where their own images
# cannot be pulled: targets `nginx` and `prometheus`. scripts/compose builds them.
ARG BASE=docker.io/library/debian:bookworm-slim

FROM ${BASE} AS nginx
RUN apt-get update && \
    apt-get install -y --no-install-recommends nginx curl && \
    apt-get clean && rm -rf /var/lib/apt/lists/*
CMD ["nginx", "-g", "daemon off;"]

FROM ${BASE} AS prometheus
RUN apt-get update && \
    apt-get install -y --no-install-recommends prometheus wget && \
    apt-get clean && rm -rf /var/lib/apt/lists/* && \
    install -d -o nobody -g nogroup /prometheus
USER nobody
VOLUME /prometheus
ENTRYPOINT ["prometheus"]
