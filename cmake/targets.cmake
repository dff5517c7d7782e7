# How every target of the project is built, and the functions that declare them.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

if(ATTACHE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR
      "ATTACHE_FUZZ needs Clang, which has libFuzzer; this compiler is "
      "${CMAKE_CXX_COMPILER_ID} (${CMAKE_CXX_COMPILER}). Use the preset fuzz, or "
      "set CMAKE_C_COMPILER=clang and CMAKE_CXX_COMPILER=clang++.")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(ATTACHE_SANITIZE)
  add_compile_options("-fsanitize=${ATTACHE_SANITIZE}" -fno-omit-frame-pointer)
  add_link_options("-fsanitize=${ATTACHE_SANITIZE}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC cannot follow initialization through the checks, and warns falsely
    # (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105562).
    add_compile_options(-Wno-maybe-uninitialized)
  endif()
  if(ATTACHE_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=all)
  endif()
  if(ATTACHE_SANITIZE MATCHES "thread")
    # Debian's libprotobuf is not instrumented, and its headers crash on map
    # fields in arenas where they think that it is.
    add_compile_options(-U__SANITIZE_THREAD__)
    # Nor is its Abseil: tests/support/tsan_mutex.cc stands in for these.
    set(ATTACHE_PROGRAM_SOURCES "${PROJECT_SOURCE_DIR}/tests/support/tsan_mutex.cc")
    foreach(name ZN4absl7debian35Mutex4LockEv ZN4absl7debian35Mutex6UnlockEv
        ZN4absl7debian35MutexD1Ev ZN4absl7debian35Mutex5AwaitERKNS0_9ConditionE
        ZN4absl7debian35Mutex16AwaitWithTimeoutERKNS0_9ConditionENS0_8DurationE
        ZN4absl7debian35Mutex17AwaitWithDeadlineERKNS0_9ConditionENS0_4TimeE
        ZN4absl7debian312Notification6NotifyEv
        ZNK4absl7debian312Notification19WaitForNotificationEv
        ZNK4absl7debian312Notification30WaitForNotificationWithTimeoutENS0_8DurationE)
      add_link_options("-Wl,--wrap=_${name}")
    endforeach()
  endif()
endif()

# Ours alone are held to the warnings, not generated code.
function(attache_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False where a string is assigned a literal, and where a hash map holds
    # optionals (https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651 and 80635).
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-maybe-uninitialized)
  endif()
  if(ATTACHE_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# Has the compiler read the headers once for several sources, 24 at most and as
# many each time. Helpers in unnamed namespaces are therefore told apart, by name or
# parameters, within a library.
function(attache_unite target)
  if(ATTACHE_UNITY)
    get_target_property(sources ${target} SOURCES)
    list(LENGTH sources count)
    math(EXPR batches "(${count} + 23) / 24")
    math(EXPR size "(${count} + ${batches} - 1) / ${batches}")
    set_target_properties(${target} PROPERTIES
      UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${size})
    # What a source keeps to itself looks to GCC as if a header did.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

# attache_library(NAME SOURCES ... DEPS ...): one library a folder, known to
# others as attache::NAME. Headers are included by their path from the root.
function(attache_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(attache_${name} STATIC ${ARG_SOURCES})
  add_library(attache::${name} ALIAS attache_${name})
  target_include_directories(attache_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  target_link_libraries(attache_${name} PUBLIC ${ARG_DEPS})
  attache_warnings(attache_${name})
  attache_unite(attache_${name})
  attache_precompile(attache_${name})
endfunction()

# attache_executable(NAME SOURCES ... DEPS ...): lands in bin/ of the build.
function(attache_executable name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES} ${ATTACHE_PROGRAM_SOURCES})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  attache_warnings(${name})
  attache_precompile(${name})
endfunction()

# Those that drive what they test by plain threads, without gRPC, whose library
# is not instrumented: ThreadSanitizer can judge them.
add_custom_target(tests_of_threads)

# attache_test(NAME SOURCES ... DEPS ... [TIMEOUT seconds] [THREADS]): a
# GoogleTest program, each of its tests known to ctest; THREADS makes it one of
# tests_of_threads. Tests read the project's own files below ATTACHE_SOURCE_DIR.
function(attache_test name)
  cmake_parse_arguments(ARG "THREADS" "TIMEOUT" "SOURCES;DEPS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES} ${ATTACHE_PROGRAM_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(${name} PRIVATE ATTACHE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  attache_warnings(${name})
  attache_precompile(${name})
  set(labels)
  if(ARG_THREADS)
    add_dependencies(tests_of_threads ${name})
    set(labels LABELS threads)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} ${labels})
endfunction()
include(GoogleTest)
