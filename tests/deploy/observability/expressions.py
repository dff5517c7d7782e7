"""The PromQL of the rules and of the dashboard, and what it names."""

import json
import re

from stack import DASHBOARD

# Labels some of whose values come up only where something goes wrong.
RARE = ("grpc_code", "outcome", "reason")
SELECTOR = re.compile(r"\b((?:attache|exposer|grpc_server|process|scrape)_\w+|up|ALERTS)\b(\{[^}]*\})?")
MATCHER = re.compile(r'(\w+)(=~|!~|!=|=)"([^"]*)"')


def selectors(expression):
  """(metric, its matchers) for each series that an expression selects."""
  return [(name, MATCHER.findall(braces)) for name, braces in SELECTOR.findall(expression)]


def without_rare(metric, matchers):
  """The selector, for whatever code, outcome or reason."""
  kept = [m for m in matchers if m[0] not in RARE]
  return metric + "{" + ",".join(f'{name}{op}"{value}"' for name, op, value in kept) + "}"


def named(expression, label):
  """The values that an expression expects of a label."""
  return [value for _, matchers in selectors(expression) for name, _, values in matchers
          if name == label for value in values.split("|")]


def dashboard():
  return json.loads(DASHBOARD.read_text())


def panels():
  """Those that show something, rows apart."""
  return [panel for panel in dashboard()["panels"] if panel["type"] != "row"]


def filled(expression, interval):
  """As Grafana sends it, for all jobs and instances."""
  for variable, value in (("$__rate_interval", interval), ("$job", ".*"), ("$instance", ".*")):
    expression = expression.replace(variable, value)
  return expression


def dashboard_expressions(interval):
  """(where, expression) for each that Grafana would send."""
  board = dashboard()
  found = [(annotation["name"], annotation["expr"]) for annotation in board["annotations"]["list"]]
  for variable in board["templating"]["list"]:
    if variable["type"] == "query":
      parts = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]["query"])
      found.append((f"${variable['name']}", f"group by ({parts[2]}) ({parts[1]})"))
  for panel in panels():
    found += [(panel["title"], target["expr"]) for target in panel["targets"]]
  return [(where, filled(expression, interval)) for where, expression in found]
