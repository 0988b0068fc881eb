// Every native test.
#pragma once

namespace ipcmark::tests {

// Each is over in an instant.
void ring_tests();
void pace_tests();
// Rings under random sizes and delays, in every way, for about so long.
void ring_stress(double seconds);

}  // namespace ipcmark::tests
