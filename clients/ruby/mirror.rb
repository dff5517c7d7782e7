# frozen_string_literal: true

require 'json'
require 'set'
require 'attache_client/watch'

# What matches a filter, kept in a file: an example of applying a watch.
#
# The titles and how far the watch has come are in one file that is replaced as a
# whole, so that after a crash they belong together: nothing is missed, and
# nothing applied twice.
class Mirror
  attr_reader :position

  # Reads the file, unless it is absent or of another filter.
  def initialize(path, filter)
    @path = path
    @filter = filter
    @titles = {}
    @stale = Set.new # held from before a reset, and not sent since
    state = File.exist?(path) ? JSON.parse(File.read(path)) : {}
    return unless state['filter'] == filter

    @titles = state['titles']
    @position = AttacheClient::Watch::Position.new(state['revision'], state['index_id'])
  end

  def apply(step)
    if step.reset
      puts 'reset'
      @stale = @titles.keys.to_set
    end
    step.changes.each { |change| apply_change(change) }
    return unless step.position

    @stale.sort.each do |id|
      @titles.delete(id)
      puts "- #{step.position.revision} #{id}"
    end
    @stale.clear
    return if step.position == @position

    @position = step.position
    write
    puts "at #{@position.revision}"
  end

  private

  def apply_change(change)
    record = change.trip_record
    @stale.delete(record.record_id)
    if change.kind == :KIND_REMOVED
      @titles.delete(record.record_id)
      puts "- #{change.revision} #{record.record_id}"
    else
      @titles[record.record_id] = record.title
      puts "+ #{change.revision} #{record.record_id}  #{record.title}"
    end
  end

  def write
    File.open("#{@path}.partial", 'w') do |file|
      file.write(JSON.generate(filter: @filter, titles: @titles, **@position.to_h))
      file.fsync
    end
    File.rename("#{@path}.partial", @path)
  end
end
