package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;

/// The one thread that reads and writes the main database, in the order it is asked to: so a read
/// sees every batch submitted before it.
final class StoreThread {

    private static final long COMMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long BACKUP_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long REWRITE_ABOVE = 32L * 1024 * 1024;
    private static final int REWRITE_SHARE = 4;
    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");

    /// A batch that is applied but not yet durable.
    private record Undurable(
            List<StoreBatch.Change> changes, boolean derived, CompletableFuture<Void> done) {}

    private final StorageCondition condition;
    private final Durability durability;
    private final MainFiles files;
    private final StoreBackup backup;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final List<Runnable> rebuiltListeners = new CopyOnWriteArrayList<>();
    private final List<Undurable> undurable = new ArrayList<>();
    private final Thread thread;
    private MainFile file;
    private Optional<MainRewrite> rewrite = Optional.empty();
    private boolean backupDue;
    private long backedUp = System.nanoTime() - BACKUP_NANOS;
    private long commitAt;
    private volatile boolean ended;

    StoreThread(DataDirectory directory, StorageCondition condition, Durability durability) {
        this.condition = condition;
        this.durability = durability;
        this.files = new MainFiles(directory.tables(), condition);
        this.backup = new StoreBackup(directory.tables());
        MainFiles.Found found = files.open();
        this.file = found.file();
        this.backupDue = !backup.exists();
        if (found.fresh()) {
            restore();
        }
        this.thread = OwnThreads.daemon("log-store", this::run);
        thread.start();
    }

    CompletableFuture<Void> commit(List<StoreBatch.Change> changes, boolean derived) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (condition.degraded()) {
            done.completeExceptionally(condition.refusal());
        } else {
            submit(done, () -> apply(new Undurable(changes, derived, done)));
        }
        return done;
    }

    <T> CompletableFuture<T> read(Function<MainFile, T> read) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        submit(answer, () -> answer.complete(read.apply(file)));
        return answer;
    }

    /// Copies the file as it is after a commit of all that was asked for before.
    ///
    /// @return the copy, under the file's own name
    Path copyTo(Path folder) throws IOException {
        CompletableFuture<Path> copy = new CompletableFuture<>();
        submit(
                copy,
                () -> {
                    commit();
                    if (condition.degraded()) {
                        throw condition.refusal();
                    }
                    Path target = folder.resolve(file.path().getFileName());
                    try {
                        Files.copy(file.path(), target);
                        copy.complete(target);
                    } catch (IOException e) {
                        copy.completeExceptionally(e);
                    }
                });
        try {
            return copy.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    CompletableFuture<Void> flush() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submit(
                done,
                () -> {
                    undurable.add(new Undurable(List.of(), true, done));
                    commitAt = System.nanoTime();
                });
        return done;
    }

    void onRebuilt(Runnable listener) {
        rebuiltListeners.add(listener);
    }

    private void submit(CompletableFuture<?> answer, Runnable task) {
        tasks.add(() -> guarded(answer, task));
        if (ended) {
            refuseRest();
        }
    }

    /// After the end every task is answered with [LogClosedException].
    private void refuseRest() {
        for (Runnable left = tasks.poll(); left != null; left = tasks.poll()) {
            left.run();
        }
    }

    /// A task that meets damage is done again on the new database.
    private void guarded(CompletableFuture<?> answer, Runnable task) {
        if (ended) {
            answer.completeExceptionally(new LogClosedException());
            return;
        }
        try {
            task.run();
        } catch (MVStoreException e) {
            again(answer, task, e);
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void again(CompletableFuture<?> answer, Runnable task, MVStoreException failure) {
        try {
            reopen(failure);
            task.run();
        } catch (RuntimeException e) {
            answer.completeExceptionally(
                    new StorageDegradedException(
                            "the main database cannot be read: " + Failures.text(e)));
        }
    }

    private void run() {
        while (!ended) {
            try {
                step();
            } catch (RuntimeException e) {
                // The database can be neither used nor opened again just now; the next task tries
                // again.
                LOGGER.log(System.Logger.Level.ERROR, "the main database cannot be used", e);
                condition.degrade("the main database cannot be used: " + Failures.text(e));
                commitAt = System.nanoTime() + IDLE_NANOS;
            }
        }
    }

    private void step() {
        Optional<Runnable> task = next();
        task.ifPresent(Runnable::run);
        boolean due = !undurable.isEmpty() && System.nanoTime() - commitAt >= 0;
        if (due) {
            commit();
        }
        if (!ended && (task.isEmpty() || due)) {
            upkeep();
        }
    }

    private Optional<Runnable> next() {
        long wait =
                rewrite.isPresent()
                        ? 0
                        : undurable.isEmpty() ? IDLE_NANOS : commitAt - System.nanoTime();
        try {
            return Optional.ofNullable(tasks.poll(Math.max(0, wait), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            return Optional.empty();
        }
    }

    private void apply(Undurable batch) {
        if (undurable.isEmpty()) {
            commitAt = System.nanoTime() + COMMIT_NANOS;
        }
        applyTo(file, batch);
        rewrite.ifPresent(r -> applyTo(r.target(), batch));
        undurable.add(batch);
    }

    private void applyTo(MainFile target, Undurable batch) {
        target.apply(batch.changes());
        if (batch.derived()) {
            batch.changes().forEach(change -> target.markDerived(change.table()));
        } else {
            backupDue |= !batch.changes().isEmpty();
        }
    }

    private void commit() {
        if (condition.degraded()) {
            keepForLater();
            return;
        }
        try {
            if (durability == Durability.POWER) {
                file.sync();
            } else {
                file.commit();
            }
            List<Undurable> durable = List.copyOf(undurable);
            undurable.clear();
            durable.forEach(batch -> batch.done().complete(null));
        } catch (MVStoreException e) {
            condition.degrade("cannot write the main database: " + Failures.text(e));
            keepForLater();
            reopen(e);
        }
    }

    /// What is applied stays visible and is written when writing works again, but nobody waits for
    /// it.
    private void keepForLater() {
        undurable.forEach(batch -> batch.done().completeExceptionally(condition.refusal()));
        commitAt = System.nanoTime() + IDLE_NANOS;
    }

    /// H2 has closed the file, or found it damaged. What was applied and is not durable is applied
    /// again.
    private void reopen(MVStoreException failure) {
        file.abandon();
        rewrite.ifPresent(r -> r.target().abandon());
        rewrite = Optional.empty();
        if (Failures.of(failure) == Failures.DAMAGED) {
            files.setAside(file.path(), failure);
        }
        MainFiles.Found found = files.open();
        file = found.file();
        if (found.fresh() || Failures.of(failure) == Failures.DAMAGED) {
            restore();
            rebuiltListeners.forEach(Runnable::run);
        }
        undurable.forEach(batch -> applyTo(file, batch));
    }

    private void restore() {
        Optional<List<StoreBatch.Change>> copy = backup.read();
        copy.ifPresent(file::apply);
        file.commit();
        condition.report(
                StorageReport.Kind.MAIN_DATABASE_DAMAGED,
                copy.map(rows -> rows.size() + " rows were restored from the second copy; ")
                                .orElse("there is no second copy of the other tables; ")
                        + "projections start over from the log");
    }

    private void upkeep() {
        if (condition.degraded()) {
            return;
        }
        try {
            rewriteMore();
            if (backupDue && undurable.isEmpty() && System.nanoTime() - backedUp > BACKUP_NANOS) {
                backUp();
            }
        } catch (MVStoreException e) {
            LOGGER.log(System.Logger.Level.WARNING, "main database: " + Failures.text(e));
            reopen(e);
        }
    }

    private void rewriteMore() {
        if (rewrite.isEmpty()
                && file.bytes() > REWRITE_ABOVE
                && file.bytes() > REWRITE_SHARE * file.liveBytes()) {
            rewrite = Optional.of(new MainRewrite(file, files.create()));
        }
        if (rewrite.isPresent() && rewrite.get().slice() && undurable.isEmpty()) {
            MainRewrite done = rewrite.get();
            rewrite = Optional.empty();
            done.finish();
            file.close();
            file = done.target();
            files.deleteAllBut(file.path());
        }
    }

    private void backUp() {
        backedUp = System.nanoTime();
        try {
            backup.write(file);
            backupDue = false;
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "cannot write the second copy of tables: " + e);
        }
    }

    void close() {
        tasks.add(this::end);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        ended = true;
        if (!undurable.isEmpty()) {
            commit();
        }
        if (backupDue && !condition.degraded()) {
            backUp();
        }
        rewrite.ifPresent(r -> r.target().abandon());
        try {
            file.close();
        } catch (MVStoreException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING, "closing the main database: " + Failures.text(e));
        }
        refuseRest();
    }
}
