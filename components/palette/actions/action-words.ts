/**
 * Search phrases of each action besides its label, in both languages, whichever is shown. They are searched and never shown. A
 * phrase that equals the typed word puts its action first.
 */
export const WORDS = {
  home: 'home, start, overview, início, painel, resumo',
  people: 'people, persons, contacts, customers, find a person, pessoas, contatos, clientes, buscar uma pessoa',
  routes: 'routes, agents of chats, rotas, agentes das conversas',
  keys: 'keys, tokens, api access, chaves, acesso à api',
  activity: 'activity, journal, history, log, who did what, atividade, histórico, registro, quem fez o quê',
  status: 'status, server health, version, cache metrics, situação, saúde do servidor, versão, métricas do cache',
  account:
    'account and sessions, preferences, settings, my permissions, conta e sessões, preferências, configurações, minhas permissões',
  merge:
    'merge, merge two people, merge contacts, join, combine, mesclar, juntar, unir, mesclar duas pessoas, juntar contatos',
  duplicates:
    'duplicates, dedupe, deduplicate, possible duplicates of a person, duplicados, possíveis duplicados de uma pessoa, duplicatas, deduplicar',
  'edit-person':
    'edit a person, correct a person, rename, change name phone email, editar uma pessoa, corrigir uma pessoa, renomear, alterar nome telefone email',
  unlink:
    'unlink, split, separate, unlink an identity, remove a handle, desvincular, separar, desvincular uma identidade, identificador',
  link: 'link, move, link an identity to another person, add a handle, vincular, mover, vincular uma identidade a outra pessoa, identificador',
  block: 'block, block a person, ban, deny, bloquear, bloquear uma pessoa, banir',
  'access-rules':
    'access rules, access rules of a person, block, unblock, block a person, deny, blocklist, allowlist, regras de acesso, bloquear, desbloquear, bloquear uma pessoa, lista de bloqueio, lista de liberação',
  'test-person':
    'test routing for a person, who answers a person, which agent answers a contact, testar roteamento de uma pessoa, quem responde a uma pessoa, qual agente atende um contato',
  'route-person':
    'new route for a person, create a route for a contact, nova rota para uma pessoa, criar rota para um contato',
  'activity-person':
    'activity about a person, history of a person, forget a person, privacy, atividade sobre uma pessoa, histórico de uma pessoa, esquecer uma pessoa, lgpd',
  'export-people':
    'export, export people as csv, download, spreadsheet, exportar, exportar pessoas em csv, baixar, planilha',
  'export-old-ids':
    'export, export old and new ids of merged people, download csv, exportar, exportar ids antigos e novos de pessoas mescladas, baixar csv',
  'new-route': 'new route, create a route, add, nova rota, criar rota, adicionar',
  test: 'test, simulate, test routing, who answers, which agent answers, why, testar, simular, testar roteamento, quem responde, quem atende, qual agente, por quê',
  'saved-tests': 'saved tests, run all tests, monitor, testes salvos, rodar todos os testes, monitorar',
  'route-health':
    'route health, health of routes, broken routes, problems, saúde das rotas, rotas com problema, problemas',
  'route-coverage':
    'route coverage, how many chats and people have a route, default agent of each instance, overview, cobertura das rotas, quantas conversas e pessoas têm rota, agente padrão de cada instância, visão geral',
  'edit-route': 'edit a route, change a route, change the agent, editar uma rota, alterar uma rota, trocar o agente',
  'switch-route':
    'activate, deactivate, enable, disable, pause, resume, turn on, turn off, activate or deactivate a route, ativar, desativar, habilitar, desabilitar, pausar, ligar, desligar, ativar ou desativar uma rota',
  'test-route': 'test a route, testar uma rota',
  'copy-route': 'copy route to, copy a route, clone, copiar rota para, copiar uma rota, clonar',
  'delete-route': 'delete a route, remove a route, excluir uma rota, apagar uma rota, remover',
  'export-routes':
    'export, export routes as csv, download, spreadsheet, exportar, exportar rotas em csv, baixar, planilha',
  'create-key': 'create key, new key, add a token, criar chave, nova chave, adicionar',
  rotate:
    'rotate, regenerate, renew, rotate a key, replace a key, rotacionar, girar, renovar, rotacionar uma chave, trocar chave, substituir chave, regenerar',
  rotations: 'rotations, open rotations, rotations in progress, rotações, rotações abertas, rotações em andamento',
  leak: 'leak, handle a leak, a key leaked, stolen key, vazamento, tratar vazamento, chave vazou, chave roubada',
  revoke:
    'revoke, revoke a key, end a key, disable a key, block a key, revogar, revogar uma chave, encerrar chave, cancelar chave, bloquear chave',
  'edit-key': 'edit a key, change a key, rename a key, editar uma chave, alterar uma chave, renomear chave',
  'key-permissions':
    'permissions, scopes, change the permissions of a key, rights, permissões, escopos, alterar as permissões de uma chave',
  'extend-key':
    'extend, expiry, extend a key, change the expiry of a key, prorrogar, validade, prorrogar uma chave, alterar a validade de uma chave, estender',
  'delete-key': 'delete a revoked key, remove a key, excluir uma chave revogada, apagar chave, remover',
  'key-requests':
    'requests of a key, audit log, what uses a key, integrations, requisições de uma chave, auditoria, o que usa uma chave, integrações',
  'export-keys':
    'export, export keys as csv, download, spreadsheet, exportar, exportar chaves em csv, baixar, planilha',
  undo: 'undo, unmerge, undo a change, revert, take back, undo a merge, desfazer, reverter, desfazer uma alteração, desfazer mesclagem',
  'export-activity':
    'export, export activity as csv, export the journal, download, spreadsheet, exportar, exportar atividade em csv, exportar o registro, baixar, planilha',
  recover: 'recover access, lost key, dead key, recuperar o acesso, perdi a chave, perderam a chave',
  'theme-light': 'theme, theme light, light mode, tema, tema claro, modo claro, aparência',
  'theme-dark': 'theme, theme dark, dark mode, night, tema, tema escuro, modo escuro, noturno, aparência',
  'theme-system': 'theme, theme system, automatic theme, tema, tema sistema, tema automático, aparência',
  'density-comfortable': 'density comfortable, row spacing, densidade confortável, espaço entre linhas',
  'density-compact': 'density compact, dense rows, densidade compacta, linhas densas',
  'language-en': 'language, language english, idioma, idioma english, idioma inglês, língua',
  'language-pt-BR': 'language, language português brasil, language portuguese, idioma, idioma português brasil, língua',
  shortcuts:
    'help, docs, tour, keyboard shortcuts, documentation, report a problem, version, ajuda, documentação, tour, atalhos de teclado, teclas, relatar um problema, versão',
  'single-keys':
    'turn single-key shortcuts on or off, ativar ou desativar atalhos de uma tecla, ligar ou desligar atalhos',
  'other-server': 'sign in to another server, switch server, entrar em outro servidor, trocar de servidor',
  'sign-out': 'sign out, log out, log off, leave, exit, sair, deslogar, encerrar a sessão',
  'sign-out-everywhere': 'sign out everywhere, end all sessions, sair em todos os lugares, encerrar todas as sessões',
} as const;
