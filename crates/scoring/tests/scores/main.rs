//! Scores through the front door: every dimension by hand, real texts, and any text at all.

mod any_text;
mod distances;
mod figures;
mod hooks;
mod others;
mod samples;
