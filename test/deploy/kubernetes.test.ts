import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createProgram } from '../../src/cli/program.ts';
import { readConfig } from '../../src/config.ts';
import { createHealthEndpoint } from '../../src/health/health-endpoint.ts';
import { createMetrics } from '../../src/health/metrics.ts';
import { createListener } from '../../src/listener.ts';
import { silentLog } from '../../src/log.ts';
import { createTestDatabase } from '../database.ts';
import { deployedYaml, ROOT, unknownVariables } from './deployed.ts';

// Strict: a misspelt field, which Kubernetes may leave out in silence, is a mistake here.
const Labels = z.record(z.string(), z.string());
const Metadata = z.strictObject({
  name: z.literal('retort'),
  namespace: z.literal('retort').optional(),
  labels: Labels.optional(),
});
const Selector = z.strictObject({ matchLabels: Labels });
const Data = z.record(z.string(), z.string());
const Locked = z.strictObject({
  allowPrivilegeEscalation: z.literal(false),
  readOnlyRootFilesystem: z.literal(true),
  capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
});
const Probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port: z.literal('health') }),
  periodSeconds: z.number(),
  timeoutSeconds: z.number().optional(),
  failureThreshold: z.number().optional(),
});
const Container = z.strictObject({
  name: z.string(),
  image: z.literal('retort'),
  args: z.array(z.string()),
  envFrom: z.tuple([
    z.strictObject({ configMapRef: z.strictObject({ name: z.literal('retort') }) }),
    z.strictObject({ secretRef: z.strictObject({ name: z.literal('retort') }) }),
  ]),
  securityContext: Locked,
  resources: z.strictObject({
    requests: z.strictObject({ cpu: z.string(), memory: z.string() }),
    limits: z.strictObject({ memory: z.string() }),
  }),
});
const Main = Container.extend({
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.number() })),
  startupProbe: Probe,
  livenessProbe: Probe,
  readinessProbe: Probe,
  lifecycle: z.strictObject({ preStop: z.strictObject({ exec: z.strictObject({ command: z.array(z.string()) }) }) }),
  volumeMounts: z.tuple([z.strictObject({ name: z.literal('tmp'), mountPath: z.literal('/tmp') })]),
});
const Deployment = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata: Metadata,
  spec: z.strictObject({
    replicas: z.literal(2),
    selector: Selector,
    strategy: z.strictObject({
      rollingUpdate: z.strictObject({ maxSurge: z.literal(1), maxUnavailable: z.literal(0) }),
    }),
    template: z.strictObject({
      metadata: z.strictObject({ labels: Labels, annotations: Labels }),
      spec: z.strictObject({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number(),
        topologySpreadConstraints: z.tuple([
          z.strictObject({
            topologyKey: z.string(),
            maxSkew: z.number(),
            whenUnsatisfiable: z.string(),
            labelSelector: Selector,
          }),
        ]),
        securityContext: z.strictObject({
          runAsNonRoot: z.literal(true),
          runAsUser: z.literal(1000),
          runAsGroup: z.literal(1000),
          seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
        }),
        initContainers: z.tuple([Container]),
        containers: z.tuple([Main]),
        volumes: z.tuple([
          z.strictObject({ name: z.literal('tmp'), emptyDir: z.strictObject({ sizeLimit: z.string() }) }),
        ]),
      }),
    }),
  }),
});
const ConfigMap = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata: Metadata,
  data: Data,
});
const Secret = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Secret'),
  metadata: Metadata,
  stringData: Data,
});
const Service = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  metadata: Metadata,
  spec: z.strictObject({
    selector: Labels,
    ports: z.array(z.strictObject({ name: z.string(), port: z.number(), targetPort: z.string() })),
  }),
});
const DisruptionBudget = z.strictObject({
  apiVersion: z.literal('policy/v1'),
  kind: z.literal('PodDisruptionBudget'),
  metadata: Metadata,
  spec: z.strictObject({ minAvailable: z.literal(1), selector: Selector }),
});
const Kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.literal('retort'),
  resources: z.array(z.string()),
  images: z.tuple([z.strictObject({ name: z.literal('retort'), newName: z.string(), newTag: z.string() })]),
});

const read = <T>(file: string, schema: z.ZodType<T>): T => {
  const documents = deployedYaml(`kubernetes/${file}`);
  expect(documents).toHaveLength(1);
  return schema.parse(documents[0]);
};

const deployment = read('deployment.yaml', Deployment).spec;
const pod = deployment.template;
const [main] = pod.spec.containers;
const [migrate] = pod.spec.initContainers;
const { data } = read('configmap.yaml', ConfigMap);
const { stringData } = read('secret.example.yaml', Secret);
const ports = Object.fromEntries(main.ports.map(({ name, containerPort }) => [name, containerPort]));

describe('the Kubernetes manifests', () => {
  it('are named in the kustomization, the example of a secret apart', () => {
    const { resources } = read('kustomization.yaml', Kustomization);
    expect(resources).toContain('deployment.yaml');
    expect(resources).not.toContain('secret.example.yaml');
    for (const file of resources) expect(deployedYaml(`kubernetes/${file}`)).toHaveLength(1);
  });

  it('find their pods', () => {
    const { labels } = pod.metadata;
    expect(deployment.selector.matchLabels).toEqual(labels);
    expect(pod.spec.topologySpreadConstraints[0].labelSelector.matchLabels).toEqual(labels);
    expect(read('poddisruptionbudget.yaml', DisruptionBudget).spec.selector.matchLabels).toEqual(labels);
    const service = read('service.yaml', Service).spec;
    expect(service.selector).toEqual(labels);
    for (const { targetPort, port } of service.ports)
      expect([targetPort, ports[targetPort]]).toEqual([targetPort, port]);
  });

  it('run commands that Retort has', () => {
    const commands = createProgram().commands.map((command) => command.name());
    expect([migrate.args, main.args]).toEqual([['migrate'], ['start']]);
    expect(commands).toEqual(expect.arrayContaining([...migrate.args, ...main.args]));
  });

  it('give variables that Retort reads, with the ports that are opened', () => {
    expect(unknownVariables([...Object.keys(data), ...Object.keys(stringData)])).toEqual([]);
    // What is left empty in the example is a secret to be made.
    expect(Object.values(stringData).filter((value) => value !== '')).toEqual([stringData['DATABASE_URL']]);
    const filled = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's'.repeat(32),
      RETORT_INGEST_TOKENS: 't'.repeat(32),
    };
    const key = { RETORT_FINGERPRINT_KEY: 'k'.repeat(32) };
    const config = readConfig({ ...data, ...stringData, ...filled, ...key }, ['slack', 'fingerprintKey']);
    expect(config.slack).toMatchObject({ mode: 'http', port: ports['slack'] });
    expect([config.ingest?.port, config.healthPort]).toEqual([ports['ingest'], ports['health']]);
    expect(pod.metadata.annotations['prometheus.io/port']).toBe(String(ports['health']));
  });

  it('ask for pages that Retort serves', async () => {
    const database = await createTestDatabase();
    const { pool } = database;
    const metrics = createMetrics({ pool, now: Date.now, log: silentLog });
    const handle = createHealthEndpoint({ pool, metrics, isUp: () => true });
    const listener = createListener({ port: 0, handle, log: silentLog });
    const port = await listener.start();
    onTestFinished(async () => {
      await listener.stop();
      await database.drop();
    });
    const probes = [main.startupProbe, main.livenessProbe, main.readinessProbe].map(({ httpGet }) => httpGet.path);
    expect(probes).toEqual(['/healthz', '/healthz', '/readyz']);
    for (const page of [...probes, pod.metadata.annotations['prometheus.io/path']]) {
      expect([page, (await fetch(`http://127.0.0.1:${port}${page}`)).status]).toEqual([page, 200]);
    }
  });

  it('leave time to end: ten seconds, and what comes before', () => {
    const before = Number(main.lifecycle.preStop.exec.command.at(-1));
    expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(10 + before);
  });

  // Where kubectl is not installed nothing can be rendered: skipped, and counted as such.
  it.skipIf(!hasKubectl())('are rendered by kubectl', () => {
    const text = execFileSync('kubectl', ['kustomize', path.join(ROOT, 'deploy/kubernetes')], { encoding: 'utf8' });
    for (const kind of ['Namespace', 'ConfigMap', 'Deployment', 'Service', 'PodDisruptionBudget']) {
      expect(text).toMatch(new RegExp(`^kind: ${kind}$`, 'm'));
    }
    expect(text).not.toMatch(/image: retort$/m);
  });
});

function hasKubectl(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
