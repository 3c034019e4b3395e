package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.wire.chat.Event;

import java.util.List;
import java.util.Optional;

/**
 * One answer under review: takes its events as they come, and gives back those that may go out, in
 * their order. Where pieces were cut makes no difference to what of the whole is given back. Once
 * something is withheld nothing more is. For one virtual thread of the gateway's verticles.
 */
public interface Release {

    /** What may go out now that this has come. May wait for judges that take longer. */
    List<Event> take(Event event);

    /** Why the answer, or the rest of it, stays back; nothing as long as it does not. */
    Optional<Withheld> withheld();

    /** Who has spoken. */
    List<JudgeId> judges();
}
