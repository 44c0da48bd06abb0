package io.netsentinel.integrations.enrich;

import io.netsentinel.events.Event;

/// What is known of an address, ready to be put into events.
///
/// @param source the fields of an event it is the source of
/// @param destination the fields of an event it is the destination of
/// @param home whether it is of the home networks
/// @param many whether it stands for many hosts
/// @param address whether it is an address at all
record Host(Event source, Event destination, boolean home, boolean many, boolean address) {
    private static final Event NOTHING = Event.builder().part();

    /// Of a text that is no address.
    static final Host UNKNOWN = new Host(NOTHING, NOTHING, false, false, false);
}
