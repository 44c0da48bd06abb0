package io.netsentinel.webui;

/// HTML that may go into a page as it is. Only [Html] makes it, and [Html] escapes all text.
///
/// @param html well-formed elements
record Markup(String html) {}
