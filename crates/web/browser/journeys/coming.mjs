// Pages that others link to already and that are not made yet. Whoever makes one takes its line out; a line that is not needed any more fails.
export const COMING = [
  /^\/edisi\/[^/]+\/ikut$/,
  /^\/edisi\/[^/]+\/aturan$/,
  /^\/edisi\/[^/]+\/putaran\/[^/]+(\/[^/]+)?$/,
];

/** Pages that nothing links to, on purpose. */
export const UNLINKED = ["/gaya"];
