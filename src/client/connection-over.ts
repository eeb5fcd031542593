import type { WorkerClient } from './worker-client.ts';
import { topicOf } from '../protocol/event-frames.ts';
import { JOB_EVENTS } from '../protocol/events.ts';
import type { WorkerConnection } from './worker-connection.ts';

function topicsOf(job: string | null): string[] {
  if (job === null) return ['job.', 'run.state', 'lane.', 'engine.', 'models.'];
  return JOB_EVENTS.filter(type => type !== 'run.preview').map(type => topicOf(type, job));
}

/** A client as commands use it. */
export function connectionOver(client: WorkerClient): WorkerConnection {
  return {
    request: (method, params, options) => client.request(method, params, options),
    fetchArtifact: digest => client.fetchArtifact(digest),
    putArtifact: bytes => client.putArtifact(bytes),
    follow: async (job, listener) => {
      const stopListening = client.onEvent(event => {
        if (job === null || event.job === job) listener(event);
      });
      try {
        const subscription = await client.subscribe(topicsOf(job));
        return () => {
          subscription.dispose();
          stopListening();
        };
      } catch (error) {
        stopListening();
        throw error;
      }
    },
    close: () => client.close(),
  };
}
