package io.netsentinel.integrations;

/// What a plug-in provides for another module than this one.
///
/// @param words what it is called in lists, such as `detector hello`
/// @param service the service itself
public record PluginService(String words, Object service) {}
