package io.demur.store;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process of its own that works on a store until it is killed. */
final class StoreChild {

    private StoreChild() {}

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
        Bench bench = new Bench(settings);
        String subject = bench.subjects.pseudonym("round " + arguments[2]);
        for (int thread = 0; thread < 4; thread++) {
            String prefix = "att_" + arguments[2] + "_" + thread + "_";
            Thread.ofPlatform()
                    .start(
                            () -> {
                                try {
                                    for (int i = 0; ; i++) {
                                        bench.put(prefix + i, "reply", subject, "hello");
                                        System.out.println(prefix + i + ".");
                                    }
                                } catch (StoreFailed | StoreRefused e) {
                                    throw new IllegalStateException(e);
                                }
                            });
        }
    }
}
