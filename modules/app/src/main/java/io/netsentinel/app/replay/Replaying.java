package io.netsentinel.app.replay;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Playing recorded files to a server, once or again and again.
public final class Replaying {
    private final Delivery delivery;
    private final Player player;

    /// The server cannot be reached or does not take what it is sent.
    public static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// @param server its address
    /// @param token of somebody who may publish
    /// @param speed how many seconds of the recording pass in one
    /// @param keepTimes whether the lines keep their times
    public Replaying(URI server, String token, double speed, boolean keepTimes, Clock clock) {
        this.delivery = new Delivery(server, token);
        this.player = new Player(delivery, clock, speed, keepTimes);
    }

    /// Plays files once, side by side.
    ///
    /// @param format of all of them; empty to find it out for each
    /// @throws FailedException when the server does not take it, with a text for people
    /// @throws IOException when a file cannot be read
    public void play(List<Path> files, Optional<String> format)
            throws FailedException, IOException, InterruptedException {
        try {
            player.play(files, format);
        } catch (Delivery.DeliveryException e) {
            throw new FailedException(e);
        }
    }

    /// What was sent so far, for people.
    public String summary() {
        String refused =
                delivery.rejected() == 0
                        ? ""
                        : ", "
                                + delivery.rejected()
                                + " refused; the first: "
                                + delivery.firstRejection();
        String noted = player.notes().isEmpty() ? "" : "; " + String.join("; ", player.notes());
        return delivery.accepted() + " events sent" + refused + noted;
    }

    /// Whether the server took nothing at all, though there was something.
    public boolean nothing() {
        return delivery.accepted() == 0 && delivery.rejected() > 0;
    }
}
