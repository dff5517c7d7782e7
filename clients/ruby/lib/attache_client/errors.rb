# frozen_string_literal: true

require 'google/protobuf/well_known_types' # Any#is, Any#unpack
require 'google/rpc/error_details_pb'
require 'google/rpc/status_pb'
require 'grpc'

module AttacheClient
  # What an error of Attaché says beyond its code and message; all empty where it
  # does not come from a service of Attaché.
  #
  #   reason       one of errors.proto, without its prefix: "FILTER_INVALID"
  #   metadata     what the reason speaks of: {"position" => "7", ...}
  #   fields       of the request that break their rules: {path => description}
  #   retry_delay  seconds to wait before another try; 0 where nothing is said
  Details = Struct.new(:reason, :metadata, :fields, :retry_delay)

  # The Details of a GRPC::BadStatus.
  def self.details_of(error)
    details = Details.new('', {}, {}, 0)
    status = error.to_rpc_status
    (status ? status.details : []).each do |detail|
      if detail.is(Google::Rpc::ErrorInfo)
        info = detail.unpack(Google::Rpc::ErrorInfo)
        next unless info.domain == 'attache'

        details.reason = info.reason
        details.metadata = info.metadata.to_h
      elsif detail.is(Google::Rpc::BadRequest)
        request = detail.unpack(Google::Rpc::BadRequest)
        details.fields = request.field_violations.to_h { |field| [field.field, field.description] }
      elsif detail.is(Google::Rpc::RetryInfo)
        delay = detail.unpack(Google::Rpc::RetryInfo).retry_delay
        details.retry_delay = delay.seconds + delay.nanos / 1e9
      end
    end
    details
  end

  CODES = GRPC::Core::StatusCodes.constants.to_h do |name|
    [GRPC::Core::StatusCodes.const_get(name), name.to_s]
  end

  # As other languages write it: "INVALID_ARGUMENT".
  def self.code_name(error)
    CODES.fetch(error.code, error.code.to_s)
  end
end
