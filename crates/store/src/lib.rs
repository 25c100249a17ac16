//! What is kept: files, by their content.

pub mod files;
