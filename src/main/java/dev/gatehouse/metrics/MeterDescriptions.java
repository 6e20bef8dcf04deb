package dev.gatehouse.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;

/** Describes the meters of libraries that come without a description. */
class MeterDescriptions implements MeterFilter {

    private static final Map<String, String> DESCRIPTIONS =
            Map.of(
                    "http.server.requests",
                    "Time of requests that pages, the API or the actuator answered, by address",
                    "http.server.requests.active",
                    "Requests that pages, the API or the actuator are answering now",
                    "http.client.requests",
                    "Time of requests that this server sent",
                    "http.client.requests.active",
                    "Requests of this server that wait for their response");

    @Override
    public Meter.Id map(Meter.Id id) {
        String description = DESCRIPTIONS.get(id.getName());
        return description == null || id.getDescription() != null
                ? id
                : new Meter.Id(
                        id.getName(),
                        Tags.of(id.getTagsAsIterable()),
                        id.getBaseUnit(),
                        description,
                        id.getType());
    }

    /** No part of the server has sessions. */
    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().startsWith("tomcat.sessions.")
                ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }
}
