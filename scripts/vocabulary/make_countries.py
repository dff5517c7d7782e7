#!/usr/bin/env python3
"""Writes vocabulary/countries.tsv.

Usage: make_countries.py CLDR_CORE ISO_3166_1_JSON > vocabulary/countries.tsv

CLDR_CORE is the unpacked npm package cldr-core (Unicode-3.0 licence): current
currencies. ISO_3166_1_JSON is iso_3166-1.json of Debian's iso-codes: the codes,
which are facts.
"""

import json
import pathlib
import sys

# The state that a territory belongs to. ISO 3166-1 does not say it.
SOVEREIGNS = {
    "AU": "CC CX HM NF",
    "CN": "HK MO",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "TK",
    "US": "AS GU MP PR UM VI",
}

# Where CLDR lists several currencies that are in use today, or none.
CURRENCIES = {"AQ": "", "LS": "LSL", "PS": "ILS", "XK": "EUR"}

HEAD = """\
# ISO 3166-1 countries and XK (Kosovo, a user-assigned code).
# Codes: ISO 3166-1 and UN M49 (facts). Currency: CLDR 48, cldr-core, licence
# Unicode-3.0. Sovereign: our own. Written by
# scripts/vocabulary/make_countries.py.
alpha2\talpha3\tm49\tcurrency\tsovereign"""


def current_currency(entries):
    for entry in entries:
        for code, span in entry.items():
            if "_to" not in span and span.get("_tender") != "false":
                return code
    return ""


def main():
    cldr, iso = map(pathlib.Path, sys.argv[1:3])
    currency_data = json.loads(
        (cldr / "supplemental/currencyData.json").read_text(encoding="utf-8"))
    by_region = currency_data["supplemental"]["currencyData"]["region"]
    countries = [
        (c["alpha_2"], c["alpha_3"], c["numeric"])
        for c in json.loads(iso.read_text(encoding="utf-8"))["3166-1"]
    ]
    countries.append(("XK", "XKX", ""))
    sovereign_of = {
        territory: state
        for state, territories in SOVEREIGNS.items()
        for territory in territories.split()
    }
    print(HEAD)
    for alpha2, alpha3, m49 in sorted(countries):
        currency = CURRENCIES.get(
            alpha2, current_currency(by_region.get(alpha2, [])))
        print(alpha2, alpha3, m49, currency, sovereign_of.get(alpha2, ""),
              sep="\t")


if __name__ == "__main__":
    main()
