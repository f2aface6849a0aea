//! Tests of findings: their places, hints and suggested fixes.

mod by_hand;
mod followed;
mod gaps;
mod helps;
mod near_misses;
mod nearest;
mod one_mistake;
mod places;
mod shapes;
mod slips;
mod suggestions;
