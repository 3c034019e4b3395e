package io.demur.clients;

import io.demur.core.policy.ModelClass;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.rehearsal.RehearsalUpstream;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.wire.chat.Event;
import io.demur.wire.rehearsal.RehearsalEvents;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The rehearsal model, and somebody who sees when it is told to stop. */
final class Watched implements Upstream {

    private final Upstream rehearsal =
            new RehearsalUpstream(
                    new RehearsalEvents(Rehearsal.shipped()),
                    InstantSource.system(),
                    Site.WATCHED,
                    ModelClass.HOSTED);
    private final Semaphore cancelled = new Semaphore(0);

    /** Whether it was told to stop by now, or is within a time that no slow machine exceeds. */
    boolean wasCancelled() throws InterruptedException {
        return cancelled.tryAcquire(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Answer send(Permit permit) {
        Answer answer = rehearsal.send(permit);
        return new Answer() {
            @Override
            public List<Event> next() {
                return answer.next();
            }

            @Override
            public String server() {
                return answer.server();
            }

            @Override
            public void cancel() {
                cancelled.release();
                answer.cancel();
            }

            @Override
            public void close() {
                answer.close();
            }
        };
    }
}
