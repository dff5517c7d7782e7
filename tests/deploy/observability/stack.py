"""Both services and a Prometheus that scrapes them, as real processes."""

import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
RULES = ROOT / "deploy/prometheus/attache.rules.yml"
DASHBOARD = ROOT / "deploy/grafana/attache.json"

# Nothing here takes as long; what does has hung.
PATIENCE = 120


class Server:
  """One of the two services, on ports of its own."""

  def __init__(self, program, data, *flags):
    self.log = data.with_suffix(".log")
    with open(self.log, "wb") as log:
      self.process = subprocess.Popen(
          [program, "--listen=127.0.0.1:0", "--metrics_listen=127.0.0.1:0",
           f"--data_dir={data}", *flags], stderr=log)
    self.address = self._said("listening", "address")
    self.metrics_address = self._said("serving metrics", "metrics_address")

  def _said(self, message, field):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and self.process.poll() is None:
      for line in self.log.read_text().splitlines():
        if line.startswith("{") and json.loads(line)["message"] == message:
          return json.loads(line)[field]
      time.sleep(0.05)
    raise AssertionError(f"it does not say {message}:\n{self.log.read_text()}")

  def stop(self):
    self.process.terminate()
    self.process.wait(PATIENCE)


class Stack:
  """A query service, two ingestors and Prometheus; stop() ends them."""

  def __init__(self, bin_dir):
    self.bin = pathlib.Path(bin_dir).resolve()
    self.directory = pathlib.Path(tempfile.mkdtemp(prefix="attache-observability."))
    self.processes = []
    try:
      self._start()
    except BaseException:
      self.stop()
      raise

  def _start(self):
    self.query = self._server("attache-query", "query", "--max_index_bytes=1000000000")
    self.ingestors = [
        self._server("attache-ingestor", name, f"--query_address={self.query.address}")
        for name in ("ingestor", "ingestor-2")]
    config = self.directory / "prometheus.yml"
    config.write_text(yaml.safe_dump({
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(RULES)],
        "scrape_configs": [{"job_name": "attache", "static_configs": [{"targets": [
            server.metrics_address for server in [self.query, *self.ingestors]]}]}]}))
    log = self.directory / "prometheus.log"
    with open(log, "wb") as written:
      prometheus = subprocess.Popen(
          ["prometheus", f"--config.file={config}", "--web.listen-address=127.0.0.1:0",
           f"--storage.tsdb.path={self.directory}/tsdb"], stdout=written, stderr=written)
    self.processes.append(prometheus)
    self.prometheus = None
    deadline = time.monotonic() + PATIENCE
    while not self._is_ready():
      if prometheus.poll() is not None or time.monotonic() > deadline:
        raise AssertionError(log.read_text())
      time.sleep(0.1)
      listens = re.search(r'"Listening on" address=(\S+)', log.read_text())
      self.prometheus = f"http://{listens[1]}" if listens else None

  def _server(self, program, name, *flags):
    server = Server(self.bin / program, self.directory / name, *flags)
    self.processes.append(server.process)
    return server

  def _is_ready(self):
    if self.prometheus is None:
      return False
    try:
      with urllib.request.urlopen(f"{self.prometheus}/-/ready", timeout=10):
        return True
    except OSError:
      return False

  def stop(self):
    for process in self.processes:
      process.kill()
      process.wait()
    shutil.rmtree(self.directory, ignore_errors=True)

  def attache(self, *arguments, ingestor=0, lines=""):
    """Runs the command; gives its exit code and what it printed."""
    done = subprocess.run(
        [self.bin / "attache", *arguments], input=lines, text=True, timeout=PATIENCE,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "ATTACHE_QUERY": self.query.address,
             "ATTACHE_INGESTOR": self.ingestors[ingestor].address}, check=False)
    return done.returncode, done.stdout

  def api(self, path, **parameters):
    """What Prometheus answers; a fault of an expression is an AssertionError."""
    url = f"{self.prometheus}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
    try:
      with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        return json.load(answer)["data"]
    except urllib.error.HTTPError as error:
      raise AssertionError(f"{parameters}: {error.read().decode()}") from error

  def values(self, expression):
    """The vector of an expression: pairs of labels and value."""
    return [(sample["metric"], float(sample["value"][1]))
            for sample in self.api("query", query=expression)["result"]]


def briefing(briefing_id, day, version=0, media_type="text/plain"):
  """A line of JSON for `attache ingest -`; it reports one trip."""
  text = f"Foreign Minister Ana Lopes will travel to Lisbon, Portugal, on {day} May 2024."
  return json.dumps({
      "briefingId": briefing_id, "version": version, "mediaType": media_type,
      "publishTime": "2024-04-13T09:00:00Z",
      "content": base64.b64encode(text.encode()).decode()}) + "\n"
