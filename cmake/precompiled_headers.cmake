# The headers of other projects that most of our sources include: read once for all
# targets, where ATTACHE_PRECOMPILE asks for it.
#
# attache_precompile(TARGET): has its sources begin with them.
if(NOT ATTACHE_PRECOMPILE)
  function(attache_precompile target)
  endfunction()
  return()
endif()

# gRPC has those who link it compiled so; precompiled headers need all compiled
# alike.
add_compile_options(-pthread)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # Of a string's own moves, which GCC keeps to itself in headers that it knows for
  # the system's, and tells falsely of precompiled ones
  # (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651 is one of that kind).
  add_compile_options(-Wno-stringop-overflow -Wno-array-bounds)
endif()

file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/precompiled.cc" CONTENT "")
add_library(attache_precompiled OBJECT "${CMAKE_CURRENT_BINARY_DIR}/precompiled.cc")
target_link_libraries(attache_precompiled PRIVATE
  gRPC::grpc++ protobuf::libprotobuf absl::flat_hash_map absl::flat_hash_set
  absl::statusor absl::str_format absl::strings absl::synchronization absl::time
  absl::span)
target_precompile_headers(attache_precompiled PRIVATE
  <algorithm> <array> <atomic> <cstdint> <deque> <filesystem> <fstream>
  <functional> <iostream> <limits> <map> <memory> <mutex> <optional> <set>
  <string> <thread> <utility> <vector>
  <absl/container/flat_hash_map.h> <absl/container/flat_hash_set.h>
  <absl/status/statusor.h> <absl/strings/ascii.h> <absl/strings/match.h>
  <absl/strings/numbers.h> <absl/strings/str_cat.h> <absl/strings/str_format.h>
  <absl/strings/str_join.h> <absl/strings/str_split.h> <absl/strings/strip.h>
  <absl/synchronization/mutex.h> <absl/time/clock.h> <absl/time/time.h>
  <absl/types/span.h>
  <google/protobuf/map.h> <google/protobuf/message.h>
  <google/protobuf/repeated_field.h> <google/protobuf/timestamp.pb.h>
  <grpcpp/grpcpp.h>)

function(attache_precompile target)
  target_precompile_headers(${target} REUSE_FROM attache_precompiled)
endfunction()
