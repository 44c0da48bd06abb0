package io.netsentinel.app;

import java.util.List;

/// Where `bin/netsentinel` begins.
public final class Main {
    private Main() {}

    public static void main(String[] words) {
        Exit exit = new Program(Shell.ofProcess()).run(List.of(words));
        // Not after a server: its own stop ends the process, see Stop.
        System.exit(exit.code());
    }
}
