package io.demur.store;

import static io.demur.store.Bench.att;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process of its own that works on a store until it is killed. */
final class StoreChild {

    private StoreChild() {}

    /** What it keeps for an attempt. */
    static String text(String attempt) {
        return "hello from %s; ".formatted(attempt).repeat(5);
    }

    /** Holds the store locked, or writes bodies and says so of each once it is on disk. */
    public static void main(String[] arguments) throws Exception {
        StoreSettings settings = StoreSettings.file(Path.of(arguments[0]));
        if (arguments[1].equals("hold")) {
            try (Store store = Store.open(settings)) {
                store.change(
                        db -> {
                            db.execute("DELETE FROM legal_hold");
                            System.out.println("held");
                            System.out.flush();
                            try {
                                TimeUnit.MINUTES.sleep(5);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return true;
                        });
            }
            return;
        }
        Bench bench = new Bench(settings, Epoch.in(Path.of(arguments[0] + ".epoch")));
        String subject = bench.subjects.pseudonym("round " + arguments[2]);
        for (int thread = 0; thread < 4; thread++) {
            long first = 10_000_000L * Long.parseLong(arguments[2]) + 1_000_000L * thread;
            Thread.ofPlatform()
                    .start(
                            () -> {
                                try {
                                    for (long i = first; ; i++) {
                                        bench.put(att(i), "reply", subject, text(att(i)));
                                        System.out.println(att(i) + ".");
                                    }
                                } catch (StoreFailed | StoreRefused e) {
                                    throw new IllegalStateException(e);
                                }
                            });
        }
    }
}
