package io.netsentinel.integrations;

/// A notification at a glance.
///
/// @param name its name
/// @param kind of its sink
/// @param target where it goes, without secrets
/// @param state what it does, in a word
/// @param sent how many messages went out since the start
/// @param lastError empty when there was none
public record NotificationOutline(
        String name, String kind, String target, String state, long sent, String lastError) {}
