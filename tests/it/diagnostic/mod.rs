//! Tests of findings: their places, hints and suggested fixes.

mod by_hand;
mod gaps;
mod helps;
mod near_misses;
mod nearest;
mod places;
mod slips;
mod suggestions;
