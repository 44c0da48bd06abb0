package io.netsentinel.app;

/// `netsentinel version`
final class VersionCommand implements Command {
    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "prints version, build and Java";
    }

    @Override
    public Exit run(Arguments arguments, Shell shell) {
        arguments.noOperands(this);
        Version version = Version.of(shell.home());
        shell.out().println("NetSentinel " + version.number());
        shell.out().println("build " + version.build());
        shell.out()
                .println(
                        "Java "
                                + Runtime.version()
                                + " ("
                                + System.getProperty("java.vendor")
                                + ")");
        return Exit.FINE;
    }
}
