import 'server-only';
import { context, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-node';
import { onMeasured } from '#lib/measure.ts';
import { VERSION } from '#lib/omni/version.ts';
import { plainSpan } from './plain-span.ts';

/**
 * Sends Next's own spans, and one for each call to Omni, to the collector of `OTEL_EXPORTER_OTLP_ENDPOINT` (the exporter reads that
 * and its sisters itself). A collector that is away costs nothing but its traces.
 */
export function startTraces(): void {
  const exporter = withPlainSpans(new OTLPTraceExporter());
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'omni-console', 'service.version': VERSION }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  const tracer = trace.getTracer('omni-console');
  onMeasured((measured) => {
    if (measured.of !== 'call') return;
    const { server, resource, outcome, ms } = measured;
    const attributes = { 'omni.server': server, 'omni.resource': resource, 'omni.outcome': outcome };
    const ended = Date.now();
    const options = { kind: SpanKind.CLIENT, startTime: ended - ms, attributes };
    tracer.startSpan(`omni ${resource}`, options, context.active()).end(ended);
  });
}

function withPlainSpans(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(plainSpan), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
