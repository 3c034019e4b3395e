package io.demur.cli;

import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.detect.StopReasonDetector.CutOff;
import io.demur.core.drill.Timetable;
import io.demur.gateway.GatewaySettings;
import io.demur.gateway.drill.Alarm;
import io.demur.gateway.drill.Driller;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.drill.Watch;
import io.demur.gateway.notice.Notices;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.practice.Proposals;
import io.demur.gateway.upstream.Models;
import io.demur.log.note.Malformed;
import io.demur.record.Trail;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.store.DrillHistory;
import io.demur.store.Projection;
import io.demur.store.ReviewHistory;
import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.Subjects;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** The drills of a gateway, with what they stand on. */
final class ServedDrills {

    private static final System.Logger LOGGER = System.getLogger(ServedDrills.class.getName());
    private static final long PRACTISE_MILLIS = 3_600_000;

    private final Trail trail;
    private final Subjects subjects;
    private final Ids ids;
    private final InstantSource clock;
    private final Offload offload;
    private final Drills drills;
    private final Notices notices;
    private final Store store;
    private final ServedRegressions regressions;
    private final Map<LocalDate, String> principals = new ConcurrentHashMap<>();

    /**
     * Counts what the log has of them.
     *
     * @param offload where drills are judged and the store is read: never where callers are judged
     * @param notices begins with those of its alarms that nobody was told of
     */
    ServedDrills(
            Trail trail,
            Store store,
            Subjects subjects,
            Ids ids,
            InstantSource clock,
            Offload offload,
            Notices notices,
            ServedRegressions regressions)
            throws StoreFailed, IOException, Malformed {
        this.trail = trail;
        this.subjects = subjects;
        this.ids = ids;
        this.clock = clock;
        this.offload = offload;
        this.notices = notices;
        this.store = store;
        this.regressions = regressions;
        Watch watch = new Watch();
        List<DrillRun> history = history();
        history.forEach(watch::take);
        drills = new Drills(watch);
        notices.begin(
                history.stream().flatMap(it -> Alarm.notice(it, trail.origin()).stream()).toList());
    }

    private List<DrillRun> history() throws StoreFailed, IOException, Malformed {
        return new DrillHistory(store, trail.origin())
                .all(trail.reader(), known(), trail.publish());
    }

    private long known() throws StoreFailed {
        return new Projection(store, trail.origin(), EntryCodec::read, clock).next();
    }

    /** What people have accepted by now is asked from now on. */
    private boolean practised() {
        try {
            regressions.take(
                    Proposals.of(
                            history(),
                            new ReviewHistory(store, trail.origin())
                                    .all(trail.reader(), known(), trail.publish())));
            return true;
        } catch (StoreFailed | IOException | Malformed e) {
            LOGGER.log(Level.WARNING, "regression probes stay as they are: {0}", e.getMessage());
            return false;
        }
    }

    /** At once, and each hour; on threads that may wait for the store. */
    private void practise(Vertx vertx) {
        later();
        vertx.setPeriodic(PRACTISE_MILLIS, timer -> later());
    }

    private void later() {
        var unused = offload.submit(this::practised);
    }

    Drills drills() {
        return drills;
    }

    /** Begins to drill a gateway that listens. */
    void begin(Vertx vertx, Serving serving, Models models, GatewaySettings settings, int port) {
        byte[] name = "demur timetable of drills".getBytes(StandardCharsets.UTF_8);
        // by which nobody else can tell the times
        String secret = serving.keys().pseudonyms().getFirst().of(name);
        Driller driller =
                new Driller(
                        drills,
                        new Driller.Setting(
                                trail,
                                ids,
                                clock,
                                serving.keeper()::inForce,
                                models,
                                day -> offload.submit(() -> principal(day)),
                                new Timetable(HexFormat.of().parseHex(secret))
                                        .with(regressions::probes),
                                new StopReasonDetector(LinearJudge.shipped(), CutOff.JUDGED),
                                offload,
                                entry ->
                                        Alarm.notice(entry, trail.origin())
                                                .ifPresent(notices::tell)),
                        new Driller.At(
                                settings.host(),
                                port,
                                settings.tls().map(GatewaySettings.Tls::certificate)),
                        Driller.Pace.USUAL);
        practise(vertx);
        var unused =
                vertx.deployVerticle(
                        driller,
                        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
    }

    private String principal(LocalDate day) {
        String known = principals.get(day);
        if (known != null) {
            return known;
        }
        try {
            String pseudonym = subjects.pseudonym("demur drills " + day);
            principals.clear();
            principals.put(day, pseudonym);
            return pseudonym;
        } catch (StoreFailed e) {
            throw new CompletionException(e);
        }
    }
}
