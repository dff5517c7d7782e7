# Of the tests of images and of compose: sourced by both, with engine.sh.

# What was checked; the last line of a test says how many.
checks=0

ok() { checks=$((checks + 1)); }

# expect WHAT CONDITION...: fails the test, naming WHAT, where the command fails.
expect() {
  local what=$1
  shift
  "$@" || fail "FAILED: $what"
  ok
}

# expect_text WHAT PATTERN TEXT: TEXT has a line that the pattern matches.
expect_text() {
  grep -Eq -- "$2" <<<"$3" || fail "FAILED: $1: no \"$2\" in:"$'\n'"$3"
  ok
}

# eventually WHAT COMMAND...: the command succeeds within two minutes.
eventually() {
  local what=$1 deadline=$((SECONDS + 120))
  shift
  until "$@" >/dev/null 2>&1; do
    if [[ $SECONDS -ge $deadline ]]; then
      "$@" || true
      fail "FAILED: $what, within two minutes"
    fi
    sleep 0.3
  done
  ok
}

# healthy CONTAINER: its health check, run once where nobody else runs it, leaves
# it healthy.
healthy() {
  if [[ $engine == podman ]]; then "$engine" healthcheck run "$1" >/dev/null || return 1; fi
  [[ "$("$engine" inspect --format '{{.State.Health.Status}}' "$1")" == healthy ]]
}

state() { "$engine" inspect --format "{{.State.$2}}" "$1"; }

# remove CONTAINER...: those that are there, with the volumes that nobody named.
remove() {
  local name
  for name in "$@"; do "$engine" rm --force --volumes "$name" >/dev/null 2>&1 || true; done
}
