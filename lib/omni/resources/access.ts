import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { read } from '#lib/omni/cache/read.ts';
import type { Result } from '#lib/omni/result.ts';
import {
  accessCheckAnswer,
  accessCheckBody,
  accessRuleAnswer,
  accessRuleBody,
  accessRuleList,
  accessRulePatch,
  type AccessCheck,
  type AccessCheckBody,
  type AccessRule,
  type AccessRuleBody,
  type AccessRulePatch,
} from '#lib/omni/schemas/access.ts';
import { done } from '#lib/omni/schemas/wire.ts';
import { write } from './write.ts';

type Answer<T> = Promise<Result<T, OmniError>>;

/** Access rules; of an instance with the global ones, or of all. Scope `access:read`; no pages (contract §6). */
export function listAccessRules(omni: Omni, query: { instanceId?: string } = {}): Answer<AccessRule[]> {
  return read(omni, { path: '/access/rules', query, schema: accessRuleList });
}

/** One rule. Scope `access:read`; `not_found` when it is gone (cases K13, K14). */
export function getAccessRule(omni: Omni, id: string): Answer<AccessRule> {
  return read(omni, { path: path`/access/rules/${id}`, schema: accessRuleAnswer });
}

/** Creates a rule. Scope `access:write` (contract §6). */
export function createAccessRule(omni: Omni, body: AccessRuleBody): Answer<AccessRule> {
  return write(omni, accessRuleBody, { method: 'POST', path: '/access/rules', body, schema: accessRuleAnswer });
}

/** Changes a rule; what is not named keeps its value (case N1). Scope `access:write`. */
export function patchAccessRule(omni: Omni, id: string, patch: AccessRulePatch): Answer<AccessRule> {
  return write(omni, accessRulePatch, {
    method: 'PATCH',
    path: path`/access/rules/${id}`,
    body: patch,
    schema: accessRuleAnswer,
  });
}

/** Deletes a rule. Scope `access:write` (contract §6). */
export function deleteAccessRule(omni: Omni, id: string): Answer<undefined> {
  return omni.request({ method: 'DELETE', path: path`/access/rules/${id}`, schema: done });
}

/** Whether a handle would be let in, and by which rule. Changes nothing. Scope `access:read`; answers may be 5 min old (contract §1.9). */
export function checkAccess(omni: Omni, body: AccessCheckBody): Answer<AccessCheck> {
  return write(omni, accessCheckBody, {
    method: 'POST',
    path: '/access/check',
    body,
    schema: accessCheckAnswer,
    reads: true,
  });
}
