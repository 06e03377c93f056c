//! Chance that is the same on every machine: seeded ChaCha8 streams, one for each fixed-size chunk of draws.
