package io.demur.cli;

import io.demur.desk.Choice;
import io.demur.store.AccessBook;
import io.demur.store.HeldRequests;
import io.demur.store.ReviewCase;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.util.Optional;

/** Answers to appeals and reports, which are decisions of the queue. */
final class Answers {

    private Answers() {}

    /** What a person says of an appeal or a report, by the rules of the queue. */
    static ReviewCase give(
            StoreSession session,
            AccessBook book,
            String id,
            long version,
            Person person,
            boolean upheld)
            throws StoreFailed, StoreRefused {
        HeldRequests.By by = person.by(book);
        return session.queue()
                .decide(
                        id,
                        Optional.of(version),
                        by.who(),
                        Choice.of(upheld ? "overturn" : "confirm", by.reason()));
    }

    /** The answer, where that is the last word. */
    static String said(ReviewCase answered, String answer) {
        return answered.state() == ReviewCase.State.SECOND ? "another person looks again:" : answer;
    }
}
