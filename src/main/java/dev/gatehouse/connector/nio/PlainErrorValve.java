package dev.gatehouse.connector.nio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Container;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Answers with the status in plain text where no page of the application does: to a request that
 * cannot be parsed, and so reaches no application. In the place of Tomcat's own page.
 */
public final class PlainErrorValve extends ErrorReportValve {

    private static final int FIRST_ERROR = 400;

    /** Replaces Tomcat's valve, and the one that Spring Boot adds. */
    public static void installIn(Container host) {
        Pipeline pipeline = host.getPipeline();
        for (Valve valve : pipeline.getValves()) {
            if (valve instanceof ErrorReportValve) {
                pipeline.removeValve(valve);
            }
        }
        pipeline.addValve(new PlainErrorValve());
        if (host instanceof StandardHost standard) {
            standard.setErrorReportValveClass(PlainErrorValve.class.getName());
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        boolean isAnswered =
                response.getStatus() < FIRST_ERROR
                        || response.getContentWritten() > 0
                        || !response.setErrorReported();
        AtomicBoolean mayWrite = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, mayWrite);
        if (!isAnswered && mayWrite.get()) {
            write(response);
        }
    }

    /** Writes the status of the response as its body. */
    public static void write(Response response) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        String reason = status == null ? "" : " " + status.getReasonPhrase();
        byte[] body = (response.getStatus() + reason + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setContentType("text/plain;charset=UTF-8");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException _) {
            // the client is gone before it was answered
        }
    }
}
