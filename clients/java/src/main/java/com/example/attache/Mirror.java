package com.example.attache;

import attache.v1.TripChange;
import attache.v1.TripRecord;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What matches a filter, kept in a file: an example of applying a watch.
 *
 * <p>The titles and how far the watch has come are in one file that is replaced as a whole, so that
 * after a crash they belong together: nothing is missed, and nothing applied twice.
 */
final class Mirror implements Watch.Take {
  private static final String TITLE = "title.";

  private final Path path;
  private final String filter;
  private final Map<String, String> titles = new TreeMap<>();
  /** Held from before a reset, and not sent since. */
  private final TreeSet<String> stale = new TreeSet<>();

  private Watch.Position position = Watch.Position.NONE;

  /** Reads the file, unless it is absent or of another filter. */
  Mirror(Path path, String filter) throws IOException {
    this.path = path;
    this.filter = filter;
    Properties state = new Properties();
    if (Files.exists(path)) {
      try (var in = Files.newBufferedReader(path)) {
        state.load(in);
      }
    }
    if (!filter.equals(state.getProperty("filter"))) {
      return;
    }
    position =
        new Watch.Position(
            Long.parseLong(state.getProperty("revision")), state.getProperty("index_id"));
    for (String name : state.stringPropertyNames()) {
      if (name.startsWith(TITLE)) {
        titles.put(name.substring(TITLE.length()), state.getProperty(name));
      }
    }
  }

  Watch.Position position() {
    return position;
  }

  @Override
  public void apply(Watch.Step step) throws IOException {
    if (step.reset()) {
      System.out.println("reset");
      stale.addAll(titles.keySet());
    }
    for (TripChange change : step.changes()) {
      TripRecord record = change.getTripRecord();
      stale.remove(record.getRecordId());
      if (change.getKind() == TripChange.Kind.KIND_REMOVED) {
        titles.remove(record.getRecordId());
        System.out.printf("- %d %s%n", change.getRevision(), record.getRecordId());
      } else {
        titles.put(record.getRecordId(), record.getTitle());
        System.out.printf(
            "+ %d %s  %s%n", change.getRevision(), record.getRecordId(), record.getTitle());
      }
    }
    if (step.position() == null) {
      return;
    }
    for (String id : stale) {
      titles.remove(id);
      System.out.printf("- %d %s%n", step.position().revision(), id);
    }
    stale.clear();
    if (!step.position().equals(position)) {
      position = step.position();
      write();
      System.out.printf("at %d%n", position.revision());
    }
  }

  private void write() throws IOException {
    Properties state = new Properties();
    state.setProperty("filter", filter);
    state.setProperty("revision", Long.toString(position.revision()));
    state.setProperty("index_id", position.indexId());
    titles.forEach((id, title) -> state.setProperty(TITLE + id, title));
    Path partial = Path.of(path + ".partial");
    try (var out = new FileOutputStream(partial.toFile())) {
      state.store(out, null);
      out.getFD().sync();
    }
    Files.move(
        partial, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
