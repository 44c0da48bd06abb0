import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Makes the archive of classes in the runtime, read, checked and linked, so that a start need not do it: it halves the
/// time to ready, the very first time too (docs/adr/0025).
///
/// The classes of a list ({@link ClassTraining}) are archived where Java looks for an archive by itself. It is made twice:
/// what differs is the time of the making ({@link ArchiveFile}), which is taken out, so that a zip is the same each time.
/// Where that cannot be done, as with a build of the JDK that lays archives out otherwise, the archive is left as it is,
/// with a warning: it works as well. Run by the build of the zip with the staging folder, the list, whether to renew it
/// first, and whether the zip must be the same each time.
public final class ClassArchive {
    private static final String LIST = "classes.list";
    private static final String FIRST = "first.jsa";
    private static final String SECOND = "second.jsa";

    private final Path stage;
    private final Path folder;
    private final boolean same;

    private ClassArchive(Path stage, boolean same) {
        this.stage = stage;
        this.same = same;
        folder = stage.getParent();
    }

    public static void main(String[] arguments) throws Exception {
        Path stage = Path.of(arguments[0]).toAbsolutePath();
        Path list = Path.of(arguments[1]);
        if (Boolean.parseBoolean(arguments[2])) {
            ClassTraining.renew(stage, list);
        }
        new ClassArchive(stage, Boolean.parseBoolean(arguments[3])).make(list);
    }

    private void make(Path list) throws Exception {
        Files.copy(list, folder.resolve(LIST), StandardCopyOption.REPLACE_EXISTING);
        ArchiveFile first = dump(FIRST);
        ArchiveFile second = dump(SECOND);
        Path target = stage.resolve("runtime/lib/server/classes_coh.jsa");
        try {
            first.takeTimesOut(second);
            first.write(target);
        } catch (UnknownArchiveException e) {
            if (same) {
                throw e;
            }
            System.err.println("this zip is not the same as others of its commit: " + e.getMessage());
            Files.copy(folder.resolve(FIRST), target, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(folder.resolve(FIRST));
        Files.delete(folder.resolve(SECOND));
        check();
    }

    /// With the options of the launcher: an archive is of use only to a Java started with the same modules.
    private ArchiveFile dump(String name) throws Exception {
        long from = milliseconds();
        run("-Xms512m -Xmx1g -XX:ActiveProcessorCount=2 -Xshare:dump -XX:+AOTClassLinking -XX:SharedClassListFile=" + LIST + " -XX:SharedArchiveFile=" + name);
        return new ArchiveFile(Files.readAllBytes(folder.resolve(name)), from, milliseconds());
    }

    /// Java compares the checksums only when it is asked to, and refuses to start without an archive then.
    private void check() throws Exception {
        run("-Xshare:on -XX:+VerifySharedSpaces");
    }

    /// The clock of `SoftReference`: how long the machine has been up.
    private static long milliseconds() {
        return Duration.ofNanos(System.nanoTime()).toMillis();
    }

    /// In the same surroundings everywhere: encodings, the number of processors and the size of the heap get into the archive.
    private void run(String options) throws Exception {
        Path log = folder.resolve("archive.log");
        ProcessBuilder builder =
                new ProcessBuilder(stage.resolve("bin/netsentinel").toString(), "version")
                        .directory(folder.toFile())
                        .redirectError(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC", "NETSENTINEL_JAVA_OPTS", options));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("no archive of classes was made with " + options + ": " + said + Files.readString(log));
        }
    }
}
