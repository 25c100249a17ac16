//! Paritrana in the browser: pages over the use cases of `office`. A page shows one value of `office` and sends one verb; it decides nothing.
//!
//! All routes stand in `routes.rs`, in the order of the process. Every page works without JavaScript; what JavaScript adds stands in `assets/`.

mod app;
mod assets;
mod cache;
mod calendar;
mod candidate;
mod chart;
mod choice;
mod desk;
mod editions;
mod entering;
mod found;
mod frame;
mod given;
mod guide;
mod history;
mod home;
mod ics;
mod logged;
mod map;
mod outcome;
mod own;
mod panels;
mod refused;
mod region;
mod results;
mod round;
mod routes;
mod rulebook;
mod search;
mod security;
mod sent;
mod server;
mod style;
mod taking_part;
mod visit;
mod who;

pub use app::{App, Settings};
pub use assets::warm;
pub use routes::{ROUTES, Route, router};
pub use server::{Listening, Tls, serve, site};
