package io.netsentinel.channels;

/// A subscription whose place is kept.
///
/// @param user whose it is
/// @param name the name it is kept under, unique for the user
/// @param channels the channel or pattern it follows
/// @param filter canonical text of what it lets through; empty for everything
public record DurableRequest(String user, String name, String channels, String filter) {
    String key() {
        return user + '\0' + name;
    }
}
