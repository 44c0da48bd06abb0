package io.netsentinel.webui;

/// An address of the dashboard that somebody wants to come back to.
///
/// @param id its id, a ULID
/// @param name what they call it
/// @param href path and query of the page
record SavedView(String id, String name, String href) {}
