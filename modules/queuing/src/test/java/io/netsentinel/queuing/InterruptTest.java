package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nobody interrupts the log's threads. Should it happen all the same, files opened with the prefix
/// the log uses go on; with H2's usual one the database would be closed.
final class InterruptTest {
    @TempDir private Path directory;

    @Test
    void anInterruptInTheMiddleOfACommitClosesNothing() throws SQLException {
        String url = "jdbc:h2:retry:" + directory.resolve("db") + ";WRITE_DELAY=0";
        try (Connection connection = new Driver().connect(url, new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T(ID INT PRIMARY KEY, DATA VARBINARY)");
            for (int i = 0; i < 50; i++) {
                Thread.currentThread().interrupt();
                statement.execute("INSERT INTO T VALUES (" + i + ", X'00')");
            }
        }
        assertThat(Thread.interrupted()).as("it was noticed where the file is written").isFalse();
        try (Connection connection = new Driver().connect(url, new Properties());
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM T")) {
            assertThat(count.next()).isTrue();
            assertThat(count.getInt(1)).isEqualTo(50);
        }
    }
}
