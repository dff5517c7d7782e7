# Which of docker, podman and buildah works here, and how. Sourced by the scripts
# that build and run images, with bash's errexit; the caller's directory is the
# root of the checkout.

# Prefix of what is said.
me=${me:-$(basename "$0")}

fail() {
  echo "$me: $*" >&2
  exit 1
}

# works ENGINE: it is installed and answers.
works() {
  command -v "$1" >/dev/null || return 1
  case $1 in
    docker) timeout 20 docker info --format '{{.ServerVersion}}' >/dev/null 2>&1 ;;
    *) timeout 60 "$1" info >/dev/null 2>&1 ;;
  esac
}

# choose_engine [NAME...]: sets `engine` to the first of these (docker, podman,
# buildah) that works, or to $ATTACHE_ENGINE; fails where none does.
choose_engine() {
  local candidates=("$@") name found=()
  [[ ${#candidates[@]} -gt 0 ]] || candidates=(docker podman buildah)
  if [[ -n "${ATTACHE_ENGINE:-}" ]]; then
    [[ " docker podman buildah " == *" $ATTACHE_ENGINE "* ]] ||
      fail "no such engine: $ATTACHE_ENGINE; it is docker, podman or buildah"
    [[ " ${candidates[*]} " == *" $ATTACHE_ENGINE "* ]] ||
      fail "$ATTACHE_ENGINE builds images and cannot run them; this needs ${candidates[*]}"
    candidates=("$ATTACHE_ENGINE")
  fi
  # No systemd: nobody runs podman's health checks but `podman healthcheck run`,
  # and a build may not have namespaces of its own.
  if [[ ! -d /run/systemd/system ]]; then
    export DISABLE_HC_SYSTEMD=true BUILDAH_ISOLATION="${BUILDAH_ISOLATION:-chroot}"
  fi
  for name in "${candidates[@]}"; do
    if works "$name"; then
      engine=$name
      return
    fi
    if command -v "$name" >/dev/null; then found+=("$name"); fi
  done
  if [[ ${#found[@]} -gt 0 ]]; then
    fail "${found[*]} found, but not working (\`${found[0]} info\` says why); on Debian, scripts/setup --images installs podman"
  fi
  fail "none of ${candidates[*]} is installed; on Debian, scripts/setup --images installs podman"
}

# choose_compose: sets `engine` to the first of docker and podman that works and
# has compose, and `compose` to its command; fails where none does. (Compose of
# Debian's docker-compose is too old to know a project's name.)
choose_compose() {
  local name
  for name in docker podman; do
    [[ -z "${ATTACHE_ENGINE:-}" || "$ATTACHE_ENGINE" == "$name" ]] || continue
    works "$name" || continue
    if [[ $name == docker ]] && docker compose version >/dev/null 2>&1; then
      compose=(docker compose)
    elif [[ $name == podman ]] && command -v podman-compose >/dev/null; then
      compose=(podman-compose)
    else
      continue
    fi
    choose_engine "$name"
    return
  done
  choose_engine docker podman # says where none works
  fail "$engine works, but has no compose: install Docker's compose plugin, or podman and podman-compose (scripts/setup --images)"
}

has_image() { "$engine" inspect --type image "$1" >/dev/null 2>&1; }

# pull IMAGE: makes sure that it is here; false, and says why, where it cannot be
# had.
pull() {
  local said
  has_image "$1" && return
  said=$(timeout 300 "$engine" pull "$1" 2>&1 >/dev/null) && return
  echo "$me: cannot pull $1: $(tail -n 1 <<<"${said:-no answer within 300 s}")" >&2
  return 1
}

# choose_base: sets `base` to what images are built from: $ATTACHE_BASE, or
# Debian's own image, or, where no registry is reachable, one made of Debian's
# packages. What it chose is ATTACHE_BASE from then on, also for the scripts that
# are called.
choose_base() {
  base=${ATTACHE_BASE:-docker.io/library/debian:bookworm-slim}
  if ! pull "$base"; then
    [[ -z "${ATTACHE_BASE:-}" ]] || fail "cannot pull $base, which ATTACHE_BASE names"
    base=localhost/attache-base:bookworm
    has_image "$base" || scripts/containers/make_base "$engine" "$base" || exit 1
  fi
  export ATTACHE_BASE=$base
}

# prepare_runs IMAGE: makes sure that the engine can run containers, if need be
# with our own settings.
prepare_runs() {
  local image=$1 try
  try=("$engine" run --rm --entrypoint true --network none "$image")
  if "${try[@]}" >/dev/null 2>&1; then return; fi
  if [[ $engine == podman && -z "${CONTAINERS_CONF:-}" ]]; then
    export CONTAINERS_CONF="$PWD/scripts/containers/containers.conf"
    if "${try[@]}" >/dev/null 2>&1; then return; fi
  fi
  "${try[@]}" || true
  fail "$engine cannot run containers here; its error is above"
}
