// What a decision costs inside the process, beside what libcrypto takes for the signature alone, in one run. Prints
// nanoseconds and heap allocations, and the ratios that docs/architecture.md and the README give.
//
// usage: DecisionBenchmark [ROUNDS]   (HMAC decisions in each of the five passes; public-key ones are fewer)

import Authorization
import JOSE

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200_000

do {
    try HMACSection.run(rounds: rounds)
    try PublicKeySection.run(rounds: rounds)
    try ScaleSection.run(rounds: rounds)
    try RevocationSection.run(rounds: rounds)
} catch {
    print("failed: \(error)")
}
