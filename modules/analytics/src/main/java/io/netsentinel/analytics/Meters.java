package io.netsentinel.analytics;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.transport.Figures;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Meter;
import java.util.List;
import java.util.ServiceLoader;

/// All figures of the server, whoever knows them.
public final class Meters {
    private static final String OF_USERS = "netsentinel_user_";

    private final Services services;
    private final List<Meter> meters;

    Meters(Services services, List<Meter> meters) {
        this.services = services;
        this.meters = List.copyOf(meters);
    }

    /// Those of all modules.
    public static Meters of(Services services) {
        return new Meters(
                services,
                ServiceLoader.load(Meters.class.getModule().getLayer(), Meter.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    /// Tells all figures as they are now.
    public void tell(Figures figures) {
        meters.forEach(meter -> meter.measure(services, figures));
    }

    /// Whether somebody may know a figure: those of single users are for administrators.
    static boolean visible(String name, Identity who) {
        return !name.startsWith(OF_USERS) || who.may(Permission.ADMIN);
    }
}
