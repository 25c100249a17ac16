//! Paritrana in the browser: pages over the use cases of `office`. A page shows one value of `office` and sends one verb; it decides nothing.
//!
//! All routes stand in `routes.rs`, in the order of the process. Every page works without JavaScript; what JavaScript adds stands in `assets/`.

mod app;
mod assets;
mod cache;
mod frame;
mod home;
mod logged;
mod map;
mod refused;
mod routes;
mod security;
mod server;
mod style;
mod visit;

pub use app::{App, Settings};
pub use assets::warm;
pub use routes::{ROUTES, Route, router};
pub use server::{Listening, Tls, serve};
