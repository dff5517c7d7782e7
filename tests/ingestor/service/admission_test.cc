#include "ingestor/service/admission.h"

#include <memory>

#include "gtest/gtest.h"

namespace attache {
namespace {

TEST(Admission, RefusesMoreThanItsCallsUntilOneIsGone) {
  Admission admission(/*max_calls=*/1, /*max_bytes=*/100);
  auto first = admission.Admit(10);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(admission.Admit(10).status().code(),
            absl::StatusCode::kResourceExhausted);
  first->reset();
  EXPECT_TRUE(admission.Admit(10).ok());
}

TEST(Admission, AdmitsOneCallOfAnySize) {
  Admission admission(/*max_calls=*/8, /*max_bytes=*/100);
  const auto large = admission.Admit(1000);
  ASSERT_TRUE(large.ok());
  EXPECT_FALSE(admission.Admit(1).ok());
}

// The store's thread drops a call's callback after the client has its answer,
// when the server may be gone. Fails under the address sanitizer where the call
// refers to the admission.
TEST(Admission, MayBeGoneBeforeWhatItAdmitted) {
  auto admission = std::make_unique<Admission>(1, 100);
  auto call = admission->Admit(10);
  ASSERT_TRUE(call.ok());
  admission.reset();
  call->reset();
}

}  // namespace
}  // namespace attache
