package io.netsentinel.webui;

import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.util.ArrayList;
import java.util.List;

/// The pages of the dashboard and the files they need. Needs the services `Alerts`, `Incidents`,
/// `Hub`, `Auth`; shows sensors and sources when these are there.
public final class Dashboard implements Endpoint, AutoCloseable {
    private final List<Board> boards = new ArrayList<>();

    /// For `ServiceLoader`.
    public Dashboard() {}

    @Override
    public void routes(Routes routes, Services services) {
        Board board = Board.open(services);
        boards.add(board);
        board.routes(routes, services);
    }

    /// Ends the sampling of figures.
    @Override
    public void close() {
        boards.forEach(Board::close);
        boards.clear();
    }
}
