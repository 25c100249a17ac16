//! What the store promises when something breaks: programs and servers killed while many write, connections cut, two nodes on the same
//! claims, disks full or read-only, files locked or damaged. Nothing acknowledged is missing, nothing half-done is visible.
#![allow(clippy::unwrap_used)]

#[path = "faults/chance.rs"]
mod chance;
#[path = "faults/child.rs"]
mod child;
#[path = "faults/cluster.rs"]
mod cluster;
#[path = "faults/cut.rs"]
mod cut;
#[path = "faults/files.rs"]
mod files;
#[path = "faults/full.rs"]
mod full;
#[path = "faults/kill.rs"]
mod kill;
#[path = "faults/nodes.rs"]
mod nodes;
#[path = "faults/office.rs"]
mod office;
#[path = "faults/servers.rs"]
mod servers;
#[path = "../../award/tests/support/mod.rs"]
mod small;
mod support;
